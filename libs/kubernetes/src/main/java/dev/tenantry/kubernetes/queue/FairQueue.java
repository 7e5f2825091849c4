package dev.tenantry.kubernetes.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import dev.tenantry.kubernetes.NamespacedName;

/** Queue objects so that the namespaces take turns, each in the order of its own requests. Not thread-safe. */
public final class FairQueue {

    // Insertion order is the order of turns: a namespace that was served goes to the end.
    private final Map<String, Deque<NamespacedName>> turns = new LinkedHashMap<>();
    private int size;

    public void add(NamespacedName object) {
        turns.computeIfAbsent(object.namespace(), namespace -> new ArrayDeque<>()).add(object);
        size++;
    }

    public void remove(NamespacedName object) {
        Deque<NamespacedName> queue = turns.get(object.namespace());
        if (queue != null && queue.remove(object)) {
            size--;
            if (queue.isEmpty()) {
                turns.remove(object.namespace());
            }
        }
    }

    /** Take the first object that may go now, of the namespace whose turn is first. */
    public Optional<NamespacedName> take(Predicate<String> namespaceMayGo, Predicate<NamespacedName> mayGo) {
        for (Map.Entry<String, Deque<NamespacedName>> turn : turns.entrySet()) {
            if (!namespaceMayGo.test(turn.getKey())) {
                continue;
            }
            for (Iterator<NamespacedName> queue = turn.getValue().iterator(); queue.hasNext();) {
                NamespacedName object = queue.next();
                if (mayGo.test(object)) {
                    queue.remove();
                    size--;
                    endTurn(turn.getKey(), turn.getValue());
                    return Optional.of(object);
                }
            }
        }
        return Optional.empty();
    }

    public int size() {
        return size;
    }

    private void endTurn(String namespace, Deque<NamespacedName> queue) {
        turns.remove(namespace);
        if (!queue.isEmpty()) {
            turns.put(namespace, queue);
        }
    }
}
