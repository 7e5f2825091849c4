package dev.tenantry.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.tenantry.kubernetes.NamespacedName;

class NewestTest {

    private static final NamespacedName NAME = new NamespacedName("team-a", "database");

    private record State(NamespacedName name, String version) {}

    private final Newest<State> newest = Newest.byResourceVersion(State::name, State::version);

    @Test
    void aLaterStateReplacesAnEarlierOneByNumberNotByText() {
        // Given
        newest.put(new State(NAME, "9"));

        // When
        State before = newest.put(new State(NAME, "10"));

        // Then
        assertThat(before).isEqualTo(new State(NAME, "9"));
        assertThat(newest.find(NAME)).contains(new State(NAME, "10"));
    }

    @Test
    void anEarlierStateThatComesLateIsLeftOut() {
        // Given
        newest.put(new State(NAME, "10"));

        // When
        newest.put(new State(NAME, "9"));

        // Then
        assertThat(newest.find(NAME)).contains(new State(NAME, "10"));
    }

    @Test
    void theFirstHasNoneBeforeAndWhatIsRemovedIsGone() {
        // Given
        assertThat(newest.put(new State(NAME, "10"))).isNull();

        // When
        newest.remove(NAME);

        // Then
        assertThat(newest.find(NAME)).isEmpty();
        assertThat(newest.all()).isEmpty();
    }
}
