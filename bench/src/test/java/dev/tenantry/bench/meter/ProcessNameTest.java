package dev.tenantry.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class ProcessNameTest {

    @Test
    void programsAreCalledByTheirFile() {
        assertThat(ProcessName.of(List.of("/opt/bin/kube-apiserver", "--secure-port=6443")))
                .isEqualTo("kube-apiserver");
    }

    @Test
    void whatAProgramSaysThatItDoesIsNoPartOfItsName() {
        assertThat(ProcessName.of(List.of("postgres: checkpointer "))).isEqualTo("postgres");
    }

    @Test
    void servicesOfTheTreeAreCalledByTheirModule() {
        assertThat(ProcessName.of(List.of("/jdk/bin/java", "-Xmx1g", "-jar",
                "/src/services/git-watcher/target/quarkus-app/quarkus-run.jar"))).isEqualTo("git-watcher");
    }

    @Test
    void otherJavaProgramsAreCalledByTheirJarOrClass() {
        assertThat(ProcessName.of(List.of("java", "-jar", "/opt/broker.jar"))).isEqualTo("broker.jar");
        assertThat(ProcessName.of(List.of("java", "-cp", "classes", "com.example.Main"))).isEqualTo("Main");
        assertThat(ProcessName.of(List.of("java", "-version"))).isEqualTo("java");
    }
}
