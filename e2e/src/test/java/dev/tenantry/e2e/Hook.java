package dev.tenantry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A webhook as a git server has it.
 *
 * @param path where a Receiver listens
 * @param token the secret of both
 */
record Hook(String path, String token) {

    private static final String BODY = "{\"ref\":\"refs/heads/main\"}";

    /** Make a Receiver that knows its callers by the path alone, and return once it listens. */
    static Hook generic(Team team, String source) {
        return of(team, source, "generic");
    }

    /** Make a Receiver that wants its callers to sign, and return once it listens. */
    static Hook signed(Team team, String source) {
        return of(team, source, "generic-hmac");
    }

    private static Hook of(Team team, String source, String type) {
        String token = "secret of " + team.namespace();
        team.apply("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: hook-token
                stringData:
                  token: %s
                ---
                apiVersion: notification.toolkit.fluxcd.io/v1
                kind: Receiver
                metadata:
                  name: push
                spec:
                  type: %s
                  secretRef:
                    name: hook-token
                  resources:
                    - kind: GitRepository
                      name: %s
                """.formatted(token, type, source));
        Team.soon(() -> assertThat(team.ready("Receiver", "push")).matches(Team.Word::isTrue, "is Ready"));
        return new Hook(team.read("Receiver", "push").at("status", "webhookPath").asText(), token);
    }

    /** Tell of a push, without a signature. */
    HttpResponse<String> call(ServiceProcess service) {
        return service.post(path, BODY);
    }

    /** Tell of a push, signed by the token. */
    HttpResponse<String> callSigned(ServiceProcess service) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA256"));
        return service.post(path, BODY, "X-Signature",
                "sha256=" + HexFormat.of().formatHex(mac.doFinal(BODY.getBytes(UTF_8))));
    }
}
