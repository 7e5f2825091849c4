package dev.tenantry.gitwatcher.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.gitwatcher.repository.Source;
import dev.tenantry.gitwatcher.repository.Source.Lifecycle;
import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.source.GitRepositoryStatus;

class ObjectReaderTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String UNREADABLE = "{\"url\": \"https://example.org/a.git\", \"interval\": \"99999999999999h\"}";

    @Test
    void anUnreadableSourceThatIsNotDeletedIsRefused() {
        assertThatThrownBy(() -> ObjectReader.source(object("\"finalizers\": [\"finalizers.fluxcd.io\"]", UNREADABLE)))
                .isInstanceOf(UnreadableObjectException.class);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"\"finalizers.fluxcd.io\", ENDING", "\"example.org/other\", RELEASED"})
    void anUnreadableSourceThatIsDeletedIsReadToBeLetGo(String finalizer, Lifecycle lifecycle) {
        // When
        Source source = ObjectReader.source(object(
                "\"deletionTimestamp\": \"2026-01-01T00:00:00Z\", \"finalizers\": [" + finalizer + "]", UNREADABLE));

        // Then
        assertThat(source.name()).isEqualTo(new NamespacedName("team", "apps"));
        assertThat(source.version().resourceVersion()).isEqualTo("7");
        assertThat(source.lifecycle()).isEqualTo(lifecycle);
        assertThat(source.spec().url()).isEqualTo("https://example.org/a.git");
        assertThat(source.status()).isEqualTo(GitRepositoryStatus.empty());
    }

    private static ObjectNode object(String metadata, String spec) {
        try {
            return (ObjectNode) JSON.readTree("""
                    {"metadata": {"namespace": "team", "name": "apps", "uid": "uid", "resourceVersion": "7", %s},
                     "spec": %s, "status": {"observedGeneration": 3}}""".formatted(metadata, spec));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
