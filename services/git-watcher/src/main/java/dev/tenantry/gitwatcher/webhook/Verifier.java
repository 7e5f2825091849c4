package dev.tenantry.gitwatcher.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Decide whether a call comes from who holds the receiver's token, and is of an event that it listens to. */
public final class Verifier {

    private static final Map<String, String> ALGORITHMS = Map.of(
            "sha1", "HmacSHA1",
            "sha256", "HmacSHA256",
            "sha512", "HmacSHA512");
    private static final String GITHUB_EVENT = "X-GitHub-Event";
    private static final String PING = "ping";

    private Verifier() {}

    /**
     * Judge a call.
     *
     * <p>Signatures are HMACs over the raw body, compared in constant time.
     *
     * @param events the events that the receiver listens to, all when empty; only GitHub's calls name theirs
     */
    public static Verdict judge(WebhookType type, String token, List<String> events, Webhook webhook) {
        return switch (type) {
            case GENERIC -> new Verdict.Accepted("");
            case GENERIC_HMAC -> signed(webhook.header("X-Signature"), token, webhook.body())
                    .<Verdict>map(Verdict.Refused::new)
                    .orElseGet(() -> new Verdict.Accepted(""));
            case GITHUB -> signed(gitHubSignature(webhook), token, webhook.body())
                    .<Verdict>map(Verdict.Refused::new)
                    .orElseGet(() -> filter(webhook.header(GITHUB_EVENT).orElse(""), events));
        };
    }

    private static Optional<String> gitHubSignature(Webhook webhook) {
        return webhook.header("X-Hub-Signature-256").or(() -> webhook.header("X-Hub-Signature"));
    }

    private static Verdict filter(String event, List<String> events) {
        boolean listed = events.stream().anyMatch(event::equalsIgnoreCase);
        boolean all = events.isEmpty() && !event.equals(PING);
        return listed || all ? new Verdict.Accepted(event) : new Verdict.Ignored(event);
    }

    /** Give the reason why the signature does not prove the body, empty when it does. */
    private static Optional<String> signed(Optional<String> signature, String token, byte[] body) {
        if (signature.isEmpty()) {
            return Optional.of("the call is not signed");
        }
        String[] parts = signature.get().split("=", 2);
        String algorithm = ALGORITHMS.get(parts[0]);
        if (parts.length != 2 || algorithm == null) {
            return Optional.of("the signature is not of the form <sha1|sha256|sha512>=<hexadecimal digits>");
        }
        // An empty token would let anybody sign; HMAC does not even take an empty key.
        if (token.isEmpty()) {
            return Optional.of("the receiver's token is empty");
        }
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), algorithm));
            byte[] given = HexFormat.of().parseHex(parts[1]);
            return MessageDigest.isEqual(mac.doFinal(body), given)
                    ? Optional.empty()
                    : Optional.of("the signature does not match");
        } catch (IllegalArgumentException e) {
            return Optional.of("the signature is not made of hexadecimal digits");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm, e);
        }
    }
}
