package dev.tenantry.reconciler.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tenantry.kubernetes.NamespacedName;
import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.kustomize.Inventory;
import dev.tenantry.kubernetes.kustomize.InventoryEntry;
import dev.tenantry.reconciler.inventory.InventoryLayout.Division;

class InventoryLayoutTest {

    private static final NamespacedName TARGET = new NamespacedName("team", "apps");
    private static final int IN_STATUS = 100_000;

    private final InventoryLayout layout = new InventoryLayout(IN_STATUS);

    @Test
    void whatFitsIsInTheStatusAlone() {
        // Given
        List<InventoryEntry> entries = entries(0, 1_000);

        // When
        Division division = divide(entries);

        // Then
        assertThat(division.inStatus()).isEqualTo(entries);
        assertThat(division.parts()).isEmpty();
        assertThat(partsIn(division)).isEmpty();
    }

    @Test
    void eachEntryIsInTheStatusOrInOnePartThatTheStatusNames() {
        // Given
        List<InventoryEntry> entries = entries(0, 50_000);

        // When
        Division division = divide(entries);

        // Then
        assertThat(partsIn(division)).containsExactlyElementsOf(division.parts().keySet());
        var found = Stream
                .concat(division.inStatus().stream().filter(entry -> !entry.id().contains("InventoryPart")),
                        division.parts().values().stream().flatMap(List::stream))
                .toList();
        assertThat(found).hasSameSizeAs(entries);
        assertThat(new HashSet<>(found)).isEqualTo(new HashSet<>(entries));
    }

    @Test
    void noObjectIsTooLargeForTheApiServer() throws Exception {
        // When
        Division division = divide(entries(0, 50_000));

        // Then
        assertThat(json(division.inStatus())).hasSizeBetween(IN_STATUS, IN_STATUS + 10_000);
        for (List<InventoryEntry> part : division.parts().values()) {
            assertThat(json(part)).hasSizeLessThan(200_000);
        }
    }

    @Test
    void anObjectThatComesOrGoesChangesAtMostTwoParts() {
        // Given
        var entries = new ArrayList<>(entries(0, 20_000));
        Division before = divide(entries);
        entries.add(10, entry("object-00009-and-a-half"));

        // When
        Division after = divide(entries);

        // Then
        var changed = new HashSet<>(before.parts().keySet());
        changed.removeAll(after.parts().keySet());
        // The new one pushes another one out of the status.
        assertThat(changed).hasSizeLessThanOrEqualTo(2);
        assertThat(before.parts()).hasSizeGreaterThan(8);
    }

    @Test
    void aPartsNameStandsForItsTargetAndItsEntries() {
        // Given
        List<InventoryEntry> entries = entries(0, 3);

        // When
        String name = InventoryLayout.nameOf("uid", entries);

        // Then
        assertThat(name).matches("inventory-[0-9a-f]{32}").isEqualTo(InventoryLayout.nameOf("uid", entries(0, 3)));
        assertThat(InventoryLayout.nameOf("other", entries)).isNotEqualTo(name);
        assertThat(InventoryLayout.nameOf("uid", entries(0, 4))).isNotEqualTo(name);
        assertThat(InventoryLayout.nameOf("uid", List.of(new InventoryEntry(entries.getFirst().id(), "v2"))))
                .isNotEqualTo(InventoryLayout.nameOf("uid", entries.subList(0, 1)));
    }

    @Test
    void aPartOfAnotherNamespaceIsAnObjectLikeAnyOther() {
        // Given
        var other = InventoryEntry.of(new ObjectRef("tenantry.dev", "InventoryPart", "other", "inventory-1"),
                "v1alpha1");

        // When
        List<String> parts = InventoryLayout.partsIn(TARGET, new Inventory(List.of(other)));

        // Then
        assertThat(parts).isEmpty();
    }

    private Division divide(List<InventoryEntry> entries) {
        return layout.divide(TARGET, "uid", entries);
    }

    private static List<String> partsIn(Division division) {
        return InventoryLayout.partsIn(TARGET, new Inventory(division.inStatus()));
    }

    private static String json(List<InventoryEntry> entries) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(entries);
    }

    private static List<InventoryEntry> entries(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> entry("object-%05d".formatted(number))).toList();
    }

    private static InventoryEntry entry(String name) {
        return InventoryEntry.of(new ObjectRef("", "ConfigMap", "team", name), "v1");
    }
}
