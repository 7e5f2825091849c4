package dev.tenantry.gitwatcher.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {

    private static final byte[] BODY = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);
    private static final String TOKEN = "Jefe";
    // The second test case of RFC 2202 (SHA-1) and RFC 4231 (SHA-256, SHA-512).
    private static final String SHA1 = "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79";
    private static final String SHA256 = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    private static final String SHA512 = "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
            + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737";

    @ParameterizedTest
    @CsvSource({"sha1," + SHA1, "sha256," + SHA256, "sha512," + SHA512})
    void anHmacOfTheBodyProvesAGenericCall(String algorithm, String signature) {
        // When
        Verdict verdict = judge(WebhookType.GENERIC_HMAC, Map.of("x-signature", algorithm + "=" + signature));

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Accepted(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "sha256=00" + SHA1, "sha256=" + SHA1, "sha1=" + SHA256, "md5=00", "sha256", "sha256=", "sha256=xyz", "",
            "=",
            SHA256})
    void nothingElseProvesIt(String signature) {
        // When
        Verdict verdict = judge(WebhookType.GENERIC_HMAC, Map.of("X-Signature", signature));

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GENERIC_HMAC", "GITHUB"})
    void anUnsignedCallIsRefused(WebhookType type) {
        // When
        Verdict verdict = judge(type, Map.of("X-GitHub-Event", "push"));

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Refused("the call is not signed"));
    }

    @Test
    void anEmptyTokenProvesNothing() {
        // When
        Verdict verdict = Verifier.judge(WebhookType.GENERIC_HMAC, "", List.of(),
                new Webhook(Map.of("X-Signature", "sha256=" + SHA256), BODY));

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void gitHubsOldSignatureCountsOnlyWithoutTheNewOne() {
        // When
        Verdict alone = judge(WebhookType.GITHUB, Map.of("X-Hub-Signature", "sha1=" + SHA1, "X-GitHub-Event", "push"));
        Verdict beside = judge(WebhookType.GITHUB, Map.of(
                "X-Hub-Signature", "sha1=" + SHA1, "X-Hub-Signature-256", "sha256=" + SHA1, "X-GitHub-Event", "push"));

        // Then
        assertThat(alone).isEqualTo(new Verdict.Accepted("push"));
        assertThat(beside).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void onlyListedEventsOfGitHubAreAccepted() {
        // When
        Verdict push = gitHub("push", List.of("ping", "Push"));
        Verdict issues = gitHub("issues", List.of("ping", "push"));

        // Then
        assertThat(push).isEqualTo(new Verdict.Accepted("push"));
        assertThat(issues).isEqualTo(new Verdict.Ignored("issues"));
    }

    @Test
    void withoutAListEveryEventButThePingIsAccepted() {
        // When
        Verdict release = gitHub("release", List.of());
        Verdict ping = gitHub("ping", List.of());

        // Then
        assertThat(release).isEqualTo(new Verdict.Accepted("release"));
        assertThat(ping).isEqualTo(new Verdict.Ignored("ping"));
    }

    @Test
    void aGenericCallIsProvenByItsPath() {
        // When
        Verdict verdict = judge(WebhookType.GENERIC, Map.of());

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Accepted(""));
    }

    @Test
    void aReasonNeverShowsTheSignature() {
        // When
        Verdict verdict = judge(WebhookType.GENERIC_HMAC, Map.of("X-Signature", "sha256=" + SHA1));

        // Then
        assertThat(verdict.toString()).doesNotContain(SHA1).doesNotContain(TOKEN);
    }

    private static Verdict gitHub(String event, List<String> events) {
        return Verifier.judge(WebhookType.GITHUB, TOKEN, events, new Webhook(
                Map.of("X-Hub-Signature-256", "sha256=" + SHA256, "X-GitHub-Event", event), BODY));
    }

    private static Verdict judge(WebhookType type, Map<String, String> headers) {
        return Verifier.judge(type, TOKEN, List.of(), new Webhook(headers, BODY));
    }
}
