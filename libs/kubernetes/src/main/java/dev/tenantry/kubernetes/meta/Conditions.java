package dev.tenantry.kubernetes.meta;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Hold the conditions of one object, at most one of a type.
 *
 * <p>They are kept in the order that Flux shows: Reconciling, Stalled, Ready, then the others by name.
 *
 * @param list the conditions
 */
public record Conditions(List<Condition> list) {

    private static final List<String> FIRST = List.of(ConditionType.RECONCILING, ConditionType.STALLED,
            ConditionType.READY);
    private static final Comparator<Condition> ORDER = Comparator.<Condition>comparingInt(condition -> {
        int place = FIRST.indexOf(condition.type());
        return place < 0 ? FIRST.size() : place;
    }).thenComparing(Condition::type);
    /** Flux's limit, below the 32768 that the schema allows. */
    private static final int LONGEST_MESSAGE = 20_000;
    private static final String CUT = "…";

    public Conditions {
        list = list.stream().sorted(ORDER).toList();
        for (int i = 1; i < list.size(); i++) {
            if (list.get(i).type().equals(list.get(i - 1).type())) {
                throw new IllegalArgumentException("Two conditions of type " + list.get(i).type());
            }
        }
    }

    public static Conditions none() {
        return new Conditions(List.of());
    }

    /** Find the condition of a type. */
    public Optional<Condition> find(String type) {
        return list.stream().filter(condition -> condition.type().equals(type)).findFirst();
    }

    public boolean isTrue(String type) {
        return find(type).filter(Condition::isTrue).isPresent();
    }

    public boolean isFalse(String type) {
        return find(type).filter(Condition::isFalse).isPresent();
    }

    /**
     * Set the condition of a type.
     *
     * <p>Its transition time is that of the one before when the status is the same, else {@code now} in whole seconds,
     * as Kubernetes defines it. A message over 20,000 characters is cut.
     *
     * @param generation the generation of the object that the condition was derived from
     */
    public Conditions with(
            String type,
            Condition.Status status,
            String reason,
            String message,
            long generation,
            Instant now) {
        Instant since = find(type).filter(before -> before.status() == status)
                .map(Condition::lastTransitionTime)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS));
        List<Condition> others = new ArrayList<>(without(type).list);
        others.add(new Condition(since, cut(message), generation, reason, status, type));
        return new Conditions(others);
    }

    /** Set the condition of a type to true, as {@link #with} does. */
    public Conditions withTrue(String type, String reason, String message, long generation, Instant now) {
        return with(type, Condition.Status.TRUE, reason, message, generation, now);
    }

    /** Set the condition of a type to false, as {@link #with} does. */
    public Conditions withFalse(String type, String reason, String message, long generation, Instant now) {
        return with(type, Condition.Status.FALSE, reason, message, generation, now);
    }

    /** Set the condition of a type to unknown, as {@link #with} does. */
    public Conditions withUnknown(String type, String reason, String message, long generation, Instant now) {
        return with(type, Condition.Status.UNKNOWN, reason, message, generation, now);
    }

    /** Remove the condition of a type, if there is one. */
    public Conditions without(String type) {
        return new Conditions(list.stream().filter(condition -> !condition.type().equals(type)).toList());
    }

    private static String cut(String message) {
        if (message.length() <= LONGEST_MESSAGE) {
            return message;
        }
        int end = LONGEST_MESSAGE - CUT.length();
        // Not between the halves of a character outside the basic plane.
        return message.substring(0, Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}
