package dev.tenantry.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tenantry.gitwatcher.GitWatcherConfig;
import dev.tenantry.reconciler.Config;
import dev.tenantry.secretsservice.SecretsServiceConfig;
import dev.tenantry.testkit.cluster.LocalClusterPrograms;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

class DocumentedSettingsTest {

    /** A row of a table in the document: the setting, then its default. */
    private static final Pattern ROW = Pattern
            .compile("\\| `((?:git-watcher|reconciler|secrets-service)\\.[a-z.-]+)` \\| ([^|]*) \\|.*");

    private record Setting(String name, Optional<String> defaultValue) {}

    @ParameterizedTest
    @ValueSource(classes = {GitWatcherConfig.class, Config.class, SecretsServiceConfig.class})
    void everySettingStandsInTheOperatorsDocumentWithItsDefault(Class<?> mapping) throws Exception {
        // When
        var documented = rows().filter(row -> row.name().startsWith(prefix(mapping) + ".")).toList();

        // Then
        assertThat(documented).extracting(Setting::name)
                .as("docs/operations.md, chapter Settings")
                .containsExactlyInAnyOrderElementsOf(settings(mapping).map(Setting::name).toList());
        assertThat(documented)
                .containsAll(settings(mapping).filter(setting -> setting.defaultValue().isPresent()).toList());
    }

    private static String prefix(Class<?> mapping) {
        return mapping.getAnnotation(ConfigMapping.class).prefix();
    }

    private static Stream<Setting> settings(Class<?> mapping) {
        return settings(prefix(mapping), mapping);
    }

    private static Stream<Setting> settings(String prefix, Class<?> group) {
        return Arrays.stream(group.getMethods()).flatMap(method -> {
            String name = prefix + "." + kebab(method);
            return method.getReturnType().isInterface()
                    && method.getReturnType().getPackageName().startsWith("dev.tenantry")
                            ? settings(name, method.getReturnType())
                            : Stream.of(new Setting(name, Optional.ofNullable(method.getAnnotation(WithDefault.class))
                                    .map(WithDefault::value)));
        });
    }

    private static String kebab(Method method) {
        return method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Read the rows; a default in words is none. */
    private static Stream<Setting> rows() throws IOException {
        return Files.readAllLines(LocalClusterPrograms.home().resolve("docs/operations.md"))
                .stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> new Setting(row.group(1), Optional.of(row.group(2))
                        .filter(text -> text.matches("`[^`]*`"))
                        .map(text -> text.substring(1, text.length() - 1))));
    }
}
