package dev.tenantry.e2e;

import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.Sealer;

/**
 * SealedSecrets that cannot become Secrets, each for another reason, after one of the same name that could.
 *
 * @param sealer of the cluster
 * @param stranger of another cluster
 */
record Attempts(SealedNamespace team, Canaries canaries, Sealer sealer, Sealer stranger) {

    private static final String KEY = "password";
    private static final int OVER_THE_LIMIT = (1 << 20) + 1;
    private static final int NOT_IN_THE_HEAD = 300;

    /**
     * One that fails.
     *
     * @param reason what its condition says
     * @param before what is applied first, and opened
     * @param after what cannot be
     */
    record Attempt(String name, String reason, Manifest before, Manifest after) {}

    static Attempts of(SealedNamespace team, Canaries canaries, RSAPublicKey key, RSAPublicKey otherKey) {
        return new Attempts(team, canaries, new Sealer(key), new Sealer(otherKey));
    }

    List<Attempt> all() {
        return List.of(
                template("fails", "{{ fail .password }}"),
                template("reads-a-date", "{{ mustToDate \"2006\" .password }}"),
                template("reads-an-expression", "{{ mustRegexMatch (print \"(\" .password) \"a\" }}"),
                template("reads-json", "{{ mustFromJson .password }}"),
                template("looks-for-a-field", "{{ .password.field }}"),
                template("does-not-end", "{{ .password }}{{ range 100000000000 }}{{ end }}"),
                template("takes-all-memory", "{{ repeat 100000000 .password }}"),
                new Attempt("has-another-scope", "NoMatchingKey", sealed("has-another-scope"),
                        sealed("has-another-scope", sealer, Scope.CLUSTER_WIDE)
                                .with(changed(json -> json.withObjectProperty("metadata").remove("annotations")))),
                new Attempt("is-of-a-stranger", "NoMatchingKey", sealed("is-of-a-stranger"),
                        sealed("is-of-a-stranger", stranger, Scope.STRICT)),
                encrypted("is-flipped", "Damaged", text -> text.substring(0, text.length() - 8)
                        + (text.charAt(text.length() - 8) == 'A' ? 'B' : 'A') + text.substring(text.length() - 7)),
                encrypted("is-cut", "Damaged", text -> text.substring(0, text.length() - 8)),
                encrypted("is-cut-in-the-head", "Damaged", text -> text.substring(0, NOT_IN_THE_HEAD)),
                encrypted("is-no-base64", "Damaged", text -> text.substring(1) + "!"),
                new Attempt("is-too-large", "TooLarge", sealed("is-too-large"),
                        seal("is-too-large", Map.of(KEY, repeated("is-too-large")))),
                new Attempt("has-a-bad-key", "UpdateFailed", sealed("has-a-bad-key"),
                        seal("has-a-bad-key", Map.of("not/a key", canaries.next("has-a-bad-key")))),
                docker(),
                immutable(),
                refused("is-refused-whole", "whole"),
                refused("is-refused-in-part", "part"),
                refused("is-refused-as-invalid", "invalid"));
    }

    private Attempt template(String name, String template) {
        return new Attempt(name, "TemplateFailed", sealed(name), sealed(name).with(changed(
                json -> template(json).withObjectProperty("data").put("made", template))));
    }

    private Attempt encrypted(String name, String reason, UnaryOperator<String> damage) {
        return new Attempt(name, reason, sealed(name), sealed(name).with(changed(json -> {
            ObjectNode values = json.withObjectProperty("spec").withObjectProperty("encryptedData");
            values.put(KEY, damage.apply(values.path(KEY).asText()));
        })));
    }

    private Attempt docker() {
        String name = "is-no-docker-configuration";
        String item = ".dockerconfigjson";
        Consumer<ObjectNode> type = json -> template(json).put("type", "kubernetes.io/dockerconfigjson");
        String valid = "{\"auths\":{\"example.com\":{\"auth\":\"" + canaries.next(name + ", before") + "\"}}}";
        return new Attempt(name, "UpdateFailed", seal(name, Map.of(item, valid)).with(changed(type)),
                seal(name, Map.of(item, canaries.next(name))).with(changed(type)));
    }

    private Attempt immutable() {
        String name = "is-immutable";
        Consumer<ObjectNode> immutable = json -> template(json).put("immutable", true);
        return new Attempt(name, "Immutable", sealed(name).with(changed(immutable)),
                sealed(name).with(changed(immutable)));
    }

    /** Make one that the policy refuses, and quotes. */
    private Attempt refused(String name, String quoted) {
        return new Attempt(name, "UpdateFailed", sealed(name), sealed(name).with(changed(json -> template(json)
                .withObjectProperty("metadata")
                .withObjectProperty("labels")
                .put(QuotingPolicy.LABEL, quoted))));
    }

    private Manifest sealed(String name) {
        return sealed(name, sealer, Scope.STRICT);
    }

    private Manifest sealed(String name, Sealer with, Scope scope) {
        return with.seal(team.plain(name, Map.of(KEY, canaries.next(name))), scope);
    }

    private Manifest seal(String name, Map<String, String> values) {
        return sealer.seal(team.plain(name, values), Scope.STRICT);
    }

    private String repeated(String name) {
        String canary = canaries.next(name);
        return canary.repeat(OVER_THE_LIMIT / canary.length() + 1);
    }

    private static ObjectNode template(ObjectNode json) {
        return json.withObjectProperty("spec").withObjectProperty("template");
    }

    private static UnaryOperator<ObjectNode> changed(Consumer<ObjectNode> change) {
        return json -> {
            change.accept(json);
            return json;
        };
    }
}
