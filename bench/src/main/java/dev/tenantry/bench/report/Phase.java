package dev.tenantry.bench.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.tenantry.bench.meter.Cost;

/**
 * Something that a bench measured.
 *
 * @param name a word for programs
 * @param what happened, in a few words for people
 * @param figures what only this bench has, by the name that JSON has for it: numbers, or maps of numbers
 */
public record Phase(String name, String what, Wall wall, Cost cost, Map<String, Object> figures) {

    public Phase {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** Return it with one more figure. */
    public Phase with(String figure, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(figures);
        more.put(figure, value);
        return new Phase(name, what, wall, cost, more);
    }
}
