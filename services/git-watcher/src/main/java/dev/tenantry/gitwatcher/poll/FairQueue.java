package dev.tenantry.gitwatcher.poll;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import dev.tenantry.kubernetes.NamespacedName;

/** Queue sources so that the namespaces take turns, each in the order of its own requests. Not thread-safe. */
final class FairQueue {

    // Insertion order is the order of turns: a namespace that was served goes to the end.
    private final Map<String, Deque<NamespacedName>> turns = new LinkedHashMap<>();
    private int size;

    void add(NamespacedName source) {
        turns.computeIfAbsent(source.namespace(), namespace -> new ArrayDeque<>()).add(source);
        size++;
    }

    void remove(NamespacedName source) {
        Deque<NamespacedName> queue = turns.get(source.namespace());
        if (queue != null && queue.remove(source)) {
            size--;
            if (queue.isEmpty()) {
                turns.remove(source.namespace());
            }
        }
    }

    /** Take the first source that may go now, of the namespace whose turn is first. */
    Optional<NamespacedName> take(Predicate<String> namespaceMayGo, Predicate<NamespacedName> mayGo) {
        for (Map.Entry<String, Deque<NamespacedName>> turn : turns.entrySet()) {
            if (!namespaceMayGo.test(turn.getKey())) {
                continue;
            }
            for (Iterator<NamespacedName> queue = turn.getValue().iterator(); queue.hasNext();) {
                NamespacedName source = queue.next();
                if (mayGo.test(source)) {
                    queue.remove();
                    size--;
                    endTurn(turn.getKey(), turn.getValue());
                    return Optional.of(source);
                }
            }
        }
        return Optional.empty();
    }

    int size() {
        return size;
    }

    private void endTurn(String namespace, Deque<NamespacedName> queue) {
        turns.remove(namespace);
        if (!queue.isEmpty()) {
            turns.put(namespace, queue);
        }
    }
}
