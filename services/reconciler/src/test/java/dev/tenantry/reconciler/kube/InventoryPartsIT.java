package dev.tenantry.reconciler.kube;

import static dev.tenantry.reconciler.kube.Team.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.ObjectRef;
import dev.tenantry.kubernetes.api.ApplyOptions;
import dev.tenantry.kubernetes.api.DeleteOptions;
import dev.tenantry.kubernetes.api.ListQuery;
import dev.tenantry.kubernetes.api.Patch;
import dev.tenantry.kubernetes.kustomize.InventoryEntry;
import dev.tenantry.kubernetes.kustomize.KustomizationStatus;
import dev.tenantry.reconciler.StatusWriter.Read;
import dev.tenantry.reconciler.StatusWriter.Saved;
import dev.tenantry.reconciler.StatusWriter.Unread;
import dev.tenantry.reconciler.StatusWriter.Unsaved;
import dev.tenantry.reconciler.Target;
import dev.tenantry.reconciler.inventory.Inventory;
import dev.tenantry.reconciler.inventory.InventoryLayout;

class InventoryPartsIT {

    private static final int IN_STATUS = 1_000;

    private final Team team = new Team();
    private final KubeStatusWriter writer = writer(Clock.systemUTC());
    private Target target;

    @BeforeAll
    static void define() {
        KubeStatusWriterIT.define();
        var api = new Team().api;
        Team.eventually(() -> answer(api.listAll(InventoryParts.TYPE, ListQuery.everywhere())));
    }

    @BeforeEach
    void aTarget() {
        target = TargetReader.read(answer(team.api.apply(KubeStatusWriter.TYPE, Team.manifest("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps, namespace: %s}
                spec: {interval: 1h, prune: true, suspend: true, sourceRef: {kind: GitRepository, name: apps}}
                """.formatted(team.namespace)), ApplyOptions.as("tests"))));
    }

    @Test
    void whatTheStatusCannotHoldIsReadFromPartsAfterARestart() {
        // Given
        Target saved = write(target, inventory(0, 3_000));

        // When
        Target read = read(stored());

        // Then
        assertThat(Inventory.of(read.status())).isEqualTo(inventory(0, 3_000)).isEqualTo(Inventory.of(saved.status()));
        assertThat(read.status()).isEqualTo(saved.status());
        assertThat(read.flaw()).isEmpty();
        assertThat(stored().status().inventory().entries()).hasSizeLessThan(50);
        assertThat(parts()).hasSizeGreaterThan(1).allSatisfy(part -> {
            assertThat(part.at("/metadata/labels").path("tenantry.dev/kustomization").asText()).isEqualTo("apps");
            assertThat(part.at("/metadata/ownerReferences/0/uid").asText()).isEqualTo(target.metadata().uid());
        });
    }

    @Test
    void aTargetIsNotToBeActedOnBeforeItsPartsAreRead() {
        // When
        write(target, inventory(0, 3_000));

        // Then
        assertThat(stored().flaw()).hasValueSatisfying(flaw -> assertThat(flaw).contains("further objects"));
    }

    @Test
    void partsThatTheStatusNamesNoMoreGo() {
        // Given
        Target many = write(target, inventory(0, 3_000));
        Target fewer = write(many, inventory(0, 2_900));
        assertThat(parts()).extracting(part -> part.at("/metadata/name").asText())
                .containsExactlyInAnyOrderElementsOf(stored().inventoryParts());

        // When
        Target few = write(fewer, inventory(0, 5));

        // Then
        assertThat(parts()).isEmpty();
        assertThat(stored().inventoryParts()).isEmpty();
        assertThat(Inventory.of(few.status())).isEqualTo(inventory(0, 5));
    }

    @Test
    void aStatusThatSaysNothingNewOfTheInventoryWritesNoPart() {
        // Given
        Target many = write(target, inventory(0, 3_000));
        var before = parts();

        // When
        write(many, inventory(0, 3_000));

        // Then
        assertThat(parts()).isEqualTo(before);
    }

    @Test
    void aPartThatIsGoneStallsTheTarget() {
        // Given
        write(target, inventory(0, 3_000));
        String lost = stored().inventoryParts().getFirst();
        answer(team.api.delete(InventoryParts.TYPE.at(team.namespace, lost), DeleteOptions.unconditionally()));

        // When
        Target read = read(stored());

        // Then
        assertThat(read.flaw()).hasValueSatisfying(flaw -> assertThat(flaw).contains(lost, "is gone or was changed"));
        assertThat(read.inventoryFlaw()).hasValueSatisfying(flaw -> assertThat(flaw).contains(lost));
    }

    @Test
    void aPartThatWasChangedStallsTheTarget() {
        // Given
        write(target, inventory(0, 3_000));
        String changed = stored().inventoryParts().getFirst();
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        nothing.putObject("spec").putArray("entries");
        answer(team.api.patch(InventoryParts.TYPE.at(team.namespace, changed), Patch.merge(nothing)));

        // When
        Target read = read(stored());

        // Then
        assertThat(read.flaw()).hasValueSatisfying(flaw -> assertThat(flaw).contains(changed));
    }

    @Test
    void whatIsSaidOfATargetThatCannotBeReadLeavesItsInventoryAsItIs() {
        // Given
        write(target, inventory(0, 3_000));
        Target before = stored();
        answer(team.api.delete(InventoryParts.TYPE.at(team.namespace, before.inventoryParts().getFirst()),
                DeleteOptions.unconditionally()));
        Target broken = read(before);

        // When
        var result = writer.write(broken, said(broken));

        // Then
        assertThat(result).isInstanceOf(Saved.class);
        assertThat(stored().status().inventory()).isEqualTo(before.status().inventory());
        assertThat(stored().status().lastAttemptedRevision()).isEqualTo("main@sha1:1");
    }

    @Test
    void aKillBetweenPartsAndStatusLosesNothing() {
        // Given
        write(target, inventory(0, 3_000));
        Target before = read(stored());
        var division = new InventoryLayout(IN_STATUS).divide(before.name(), before.metadata().uid(),
                inventory(0, 4_000).written().entries());

        // When
        assertThat(new InventoryParts(team.api, Clock.systemUTC()).make(before, division.parts())).isEmpty();

        // Then
        assertThat(Inventory.of(read(stored()).status())).isEqualTo(inventory(0, 3_000));
        assertThat(Inventory.of(write(before, inventory(0, 4_000)).status())).isEqualTo(inventory(0, 4_000));
        assertThat(read(stored()).flaw()).isEmpty();
    }

    @Test
    void whatAKillLeftBehindGoesWhenThePartsAreReadLater() {
        // Given
        write(target, inventory(0, 3_000));
        Target before = read(stored());
        var division = new InventoryLayout(IN_STATUS).divide(before.name(), before.metadata().uid(),
                inventory(5_000, 9_000).written().entries());
        new InventoryParts(team.api, Clock.systemUTC()).make(before, division.parts());
        assertThat(parts()).hasSizeGreaterThan(stored().inventoryParts().size());

        // When
        writer(Clock.offset(Clock.systemUTC(), Duration.ofHours(2))).complete(stored());

        // Then
        assertThat(parts()).hasSameSizeAs(stored().inventoryParts());
    }

    @Test
    void anInventoryThatCannotBeKeptIsNotSaved() {
        // Given
        var stranger = team.account("stranger", "configmaps", "get");
        var api = team.api.as(stranger.namespace(), stranger.name());
        var writer = new KubeStatusWriter(api, new InventoryLayout(IN_STATUS),
                new InventoryParts(api, Clock.systemUTC()), any -> {});

        // When
        var result = writer.write(target, target.status().withInventory(inventory(0, 3_000).written()));

        // Then
        assertThat(result).isInstanceOfSatisfying(Unsaved.class,
                unsaved -> assertThat(unsaved.message()).contains("inventoryparts"));
        write(target, inventory(0, 3_000));
        assertThat(writer.complete(stored())).isInstanceOf(Unread.class);
    }

    private Target write(Target before, Inventory inventory) {
        return ((Saved) writer.write(before, before.status().withInventory(inventory.written()))).target();
    }

    private static KustomizationStatus said(Target target) {
        KustomizationStatus status = target.status();
        return new KustomizationStatus(status.observedGeneration(),
                status.conditions(), status.lastAppliedRevision(), null, "main@sha1:1",
                Inventory.of(status).written(), status.history(), null);
    }

    private KubeStatusWriter writer(Clock clock) {
        return new KubeStatusWriter(team.api, new InventoryLayout(IN_STATUS), new InventoryParts(team.api, clock),
                any -> {});
    }

    /** Read as one who has just been started. */
    private Target read(Target stored) {
        return ((Read) writer(Clock.systemUTC()).complete(stored)).target();
    }

    private Target stored() {
        return TargetReader.read(answer(team.api.get(KubeStatusWriter.TYPE.at(team.namespace, "apps"))).orElseThrow());
    }

    private List<ObjectNode> parts() {
        return answer(team.api.listAll(InventoryParts.TYPE, ListQuery.in(team.namespace)));
    }

    private static Inventory inventory(int from, int to) {
        return Inventory.ofEntries(IntStream.range(from, to)
                .mapToObj(number -> InventoryEntry.of(new ObjectRef("", "ConfigMap", "team", "object-%05d"
                        .formatted(number)), "v1"))
                .toList());
    }
}
