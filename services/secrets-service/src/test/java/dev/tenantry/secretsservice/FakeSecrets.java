package dev.tenantry.secretsservice;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tenantry.kubernetes.Manifest;
import dev.tenantry.kubernetes.NamespacedName;

/** Secrets in memory, and what an API server has against them. */
final class FakeSecrets implements Secrets {

    final Map<NamespacedName, Manifest> objects = new HashMap<>();
    final Map<NamespacedName, LiveSecret> known = new HashMap<>();
    final List<String> calls = new ArrayList<>();
    /** What creations and writes fail with, in order, before any succeeds. */
    final Deque<RuntimeException> refusals = new ArrayDeque<>();
    /** What others do between a creation or write, and what comes before it. */
    final Deque<Runnable> others = new ArrayDeque<>();

    @Override
    public Optional<LiveSecret> known(NamespacedName name) {
        return Optional.ofNullable(known.get(name));
    }

    @Override
    public Optional<Manifest> read(NamespacedName name) {
        calls.add("read");
        return Optional.ofNullable(objects.get(name));
    }

    @Override
    public boolean create(Manifest secret) {
        calls.add("create");
        interfere();
        return objects.putIfAbsent(secret.ref().namespacedName(), at(secret, 1)) == null;
    }

    @Override
    public void write(SecretPlan.Write change) {
        calls.add("write");
        interfere();
        NamespacedName name = change.secret().ref().namespacedName();
        Manifest live = objects.get(name);
        if (live == null) {
            throw Examples.refusal(404, "NotFound", "secrets \"database\" not found");
        }
        long version = live.at("metadata", "resourceVersion").asLong();
        if (!change.resourceVersion().equals(Long.toString(version))) {
            throw Examples.refusal(409, "Conflict", "the object has been modified");
        }
        objects.put(name, at(change.secret(), version + 1));
    }

    private void interfere() {
        if (!others.isEmpty()) {
            others.poll().run();
        }
        if (!refusals.isEmpty()) {
            throw refusals.poll();
        }
    }

    static Manifest at(Manifest secret, long version) {
        return secret.with((ObjectNode json) -> {
            json.withObjectProperty("metadata").put("resourceVersion", Long.toString(version));
            return json;
        });
    }
}
