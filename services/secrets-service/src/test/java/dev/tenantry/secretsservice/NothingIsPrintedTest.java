package dev.tenantry.secretsservice;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.secretsservice.key.KeyPair;
import dev.tenantry.secretsservice.key.KeyRing;
import dev.tenantry.secretsservice.key.Pem;
import dev.tenantry.secretsservice.key.SealingKey;
import dev.tenantry.secretsservice.key.TestKeys;
import dev.tenantry.secretsservice.scope.Scope;
import dev.tenantry.secretsservice.sealing.SealedContent;
import dev.tenantry.secretsservice.sealing.Sealer;
import dev.tenantry.secretsservice.sealing.Templates;
import dev.tenantry.secretsservice.sealing.Unsealed;
import dev.tenantry.secretsservice.sealing.Unsealer;

/** Whatever holds a value or a private key may be printed into a log without telling it. */
class NothingIsPrintedTest {

    private static final String CANARY = "KarlTheCanaryLivesHere";
    private static final NamespacedName NAME = new NamespacedName("team", "database");

    private final KeyPair pair = TestKeys.pair(0);
    private final SealingKey key = SealingKey.of(NAME, pair);
    private final KeyRing ring = KeyRing.of(List.of(key));

    @Test
    void noObjectWithAValuePrintsIt() {
        // Given
        Manifest secret = secret("password", CANARY);
        Unsealed opened = new Unsealer(Templates.none(), true).unseal(
                SealedContent.of(new Sealer(pair.publicKey()).seal(secret, Scope.STRICT)), ring);
        ObjectNode patch = secret.json();
        List<Object> holders = List.of(secret, opened,
                new Templates.Rendered(Map.of("password", CANARY.getBytes(UTF_8))),
                new SecretPlan.Write(patch, secret, patch, "1"));

        // When
        List<String> printed = holders.stream().map(Object::toString).toList();

        // Then
        assertThat(opened).isInstanceOf(Unsealed.Opened.class);
        assertThat(String.join("\n", printed)).doesNotContain(CANARY,
                Base64.getEncoder().encodeToString(CANARY.getBytes(UTF_8)));
    }

    @Test
    void noObjectWithAPrivateKeyPrintsIt() {
        // Given
        List<Object> holders = List.of(pair, key, ring, new StoredKey(key, "uid", false),
                new Unsealer(Templates.none(), true), new Keys());

        // When
        List<String> printed = holders.stream().map(Object::toString).toList();

        // Then
        assertThat(privateParts()).hasSizeGreaterThan(20);
        assertThat(printed).allSatisfy(text -> assertThat(privateParts()).noneMatch(text::contains));
        assertThat(printed.get(2)).contains(pair.fingerprint().text());
    }

    @Test
    void whatCannotBeReadAsAKeyIsNotQuoted() {
        // Given
        String pem = Pem.write(pair.privateKey());
        Stream<String> damaged = Stream.of(pem.substring(0, pem.length() / 2), pem.replace("A", "!"),
                pem.replace("PRIVATE", "PUBLIC"), pem.replace("\n", ""), CANARY);

        // When
        List<Throwable> failures = damaged
                .map(text -> catchThrowable(
                        () -> Pem.pair(Pem.write(pair.certificate()).getBytes(US_ASCII), text.getBytes(US_ASCII))))
                .toList();

        // Then
        assertThat(failures).doesNotContainNull().allSatisfy(failure -> {
            for (Throwable each = failure; each != null; each = each.getCause()) {
                String message = String.valueOf(each.getMessage());
                assertThat(message).doesNotContain(CANARY);
                assertThat(privateParts()).noneMatch(message::contains);
            }
        });
    }

    /** List pieces of the private key in all the forms in which it might be printed. */
    private Set<String> privateParts() {
        RSAPrivateCrtKey secret = (RSAPrivateCrtKey) pair.privateKey();
        Set<String> parts = new HashSet<>();
        Stream.of(secret.getPrivateExponent(), secret.getPrimeP(), secret.getPrimeQ(), secret.getPrimeExponentP())
                .forEach(number -> Stream.of(number.toString(), number.toString(16), number.toString(16)
                        .toUpperCase(
                                Locale.ROOT))
                        .forEach(text -> parts.add(text.substring(10, 30))));
        // The first third of the encoded key is the modulus, which is public.
        List<String> lines = Pem.write(pair.privateKey()).lines().toList();
        lines.subList(lines.size() / 2, lines.size() - 2).forEach(line -> parts.add(line.substring(0, 20)));
        return parts;
    }

    private static Manifest secret(String item, String value) {
        ObjectNode json = Manifest.skeleton("v1", "Secret", NAME);
        json.putObject("data").put(item, Base64.getEncoder().encodeToString(value.getBytes(UTF_8)));
        return Manifest.of(json);
    }
}
