package dev.tenantry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NamespacedNameTest {

    @Test
    void parsesWhatItPrints() {
        assertThat(NamespacedName.parse("web/front")).isEqualTo(new NamespacedName("web", "front"))
                .hasToString("web/front");
        assertThat(NamespacedName.parse("front")).isEqualTo(new NamespacedName("", "front")).hasToString("front");
    }

    @Test
    void aNameIsNeededAndOneSlashIsTheMost() {
        assertThatThrownBy(() -> NamespacedName.parse("web/")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NamespacedName.parse("web/front/x")).hasMessageContaining("web/front/x");
    }
}
