package dev.tenantry.secretsservice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.api.ApiError;

class MaskingTest {

    @Test
    void aValueIsMaskedWhereverItIsQuoted() {
        assertThat(described("wonderland is refused, wonderland!", "wonderland")).isEqualTo("*** is refused, ***!");
    }

    @Test
    void aValueIsMaskedInBase64() {
        String base64 = Base64.getEncoder().encodeToString("wonderland".getBytes(UTF_8));

        assertThat(described("refused: " + base64, "wonderland")).isEqualTo("refused: ***");
    }

    @Test
    void aPartOfAValueIsMasked() {
        assertThat(described("it begins with wonderla and ends with nderland, forbidden", "wonderland"))
                .isEqualTo("it begins with *** and ends with ***, forbidden");
    }

    @Test
    void aLineOfAValueIsMasked() {
        assertThat(described("bad line: 'apple'", "pear\n  apple\nplum")).isEqualTo("bad line: '***'");
    }

    @Test
    void aValueIsMaskedAsItIsEscaped() {
        assertThat(described("invalid value: \"won\\\"der\\\\land\\tand\"", "won\"der\\land\tand"))
                .isEqualTo("invalid value: \"***\"");
        assertThat(described("invalid value: \"a\\\"b\"", "a\"b")).isEqualTo("invalid value: \"***\"");
    }

    @Test
    void bytesThatAreNoTextAreMaskedInBase64() {
        // Given
        Manifest secret = secretOf(new byte[]{0, 1, (byte) 0xfe, (byte) 0xff});

        // When
        String described = Masking.describe(Examples.refusal(403, "Forbidden", "got AAH+/w==").error(),
                List.of(secret));

        // Then
        assertThat(described).isEqualTo("got ***");
    }

    @Test
    void whatIsTooShortToTellAnythingStays() {
        assertThat(described("to be or not to be", "be")).isEqualTo("to be or not to be");
    }

    @Test
    void ofAnInvalidFieldOnlyItsNameIsTold() {
        // Given
        ApiError invalid = new ApiError(422, "Invalid", "invalid character 'w'", "secrets", "db",
                List.of(new ApiError.Cause("FieldValueInvalid", "data[config]", "invalid character 'w'")),
                Optional.empty());

        // When
        String described = Masking.describe(invalid, List.of(secret("wonderland")));

        // Then
        assertThat(described).isEqualTo("the API server refuses the Secret: data[config] (FieldValueInvalid)");
    }

    private static String described(String message, String value) {
        return Masking.describe(new ApiError(403, "Forbidden", message, "secrets", "db", List.of(), Optional.empty()),
                List.of(secret(value)));
    }

    private static Manifest secret(String value) {
        return secretOf(value.getBytes(UTF_8));
    }

    private static Manifest secretOf(byte[] value) {
        ObjectNode json = Manifest.skeleton("v1", "Secret", new NamespacedName("team", "db"));
        json.putObject("data").put("password", Base64.getEncoder().encodeToString(value));
        return Manifest.of(json);
    }
}
