package dev.tenantry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectRefTest {

    @ParameterizedTest
    @CsvSource({
            "apps, Deployment, web, front, web_front_apps_Deployment",
            "'', ConfigMap, web, front.conf, web_front.conf__ConfigMap",
            "'', Namespace, '', web, _web__Namespace",
            "rbac.authorization.k8s.io, ClusterRole, '', system:auditor,"
                    + " _system__auditor_rbac.authorization.k8s.io_ClusterRole",
            "rbac.authorization.k8s.io, Role, web, a_b, web_a_b_rbac.authorization.k8s.io_Role"})
    void inventoryIdIsThatOfFlux(String group, String kind, String namespace, String name, String id) {
        // Given
        ObjectRef ref = new ObjectRef(group, kind, namespace, name);

        // Then
        assertThat(ref.inventoryId()).isEqualTo(id);
        assertThat(ObjectRef.parse(id)).isEqualTo(ref);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "web", "web_front", "web_front_apps", "__apps_Deployment", "web_front_apps_"})
    void otherTextsAreNoInventoryIds(String text) {
        assertThatThrownBy(() -> ObjectRef.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printsAsInTheEventsOfFlux() {
        assertThat(new ObjectRef("apps", "Deployment", "web", "front")).hasToString("Deployment/web/front");
        assertThat(new ObjectRef("", "Namespace", "", "web")).hasToString("Namespace/web");
    }

    @Test
    void versionIsNoPartOfTheIdentity() {
        assertThat(manifest("autoscaling/v1").ref()).isEqualTo(manifest("autoscaling/v2").ref());
    }

    @Test
    void ordersByGroupKindNamespaceAndName() {
        // Given
        ObjectRef core = new ObjectRef("", "Service", "b", "b");
        ObjectRef kind = new ObjectRef("apps", "DaemonSet", "b", "b");
        ObjectRef namespace = new ObjectRef("apps", "Deployment", "a", "b");
        ObjectRef name = new ObjectRef("apps", "Deployment", "b", "a");
        ObjectRef last = new ObjectRef("apps", "Deployment", "b", "b");

        // Then
        assertThat(Stream.of(last, name, namespace, kind, core).sorted())
                .containsExactly(core, kind, namespace, name, last);
    }

    private static Manifest manifest(String apiVersion) {
        return Manifest
                .of(Manifest.skeleton(apiVersion, "HorizontalPodAutoscaler", new NamespacedName("web", "front")));
    }
}
