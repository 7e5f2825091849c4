package dev.tenantry.kubernetes;

import java.util.Map;

/**
 * Steer how one object is treated, by a label or an annotation that its author put on it.
 *
 * <p>As in Flux, a marker counts in either place, and its value in upper or lower case.
 *
 * @param key the key of the label or annotation
 * @param value the value that switches the marker on
 */
public record Marker(String key, String value) {

    private static final String PREFIX = "kustomize.toolkit.fluxcd.io/";

    /** Neither apply nor prune the object. */
    public static final Marker RECONCILE_DISABLED = new Marker(PREFIX + "reconcile", "disabled");
    /** Never delete the object when it leaves the source. */
    public static final Marker PRUNE_DISABLED = new Marker(PREFIX + "prune", "disabled");
    /** Delete and create the object when an immutable field changed. */
    public static final Marker FORCE_ENABLED = new Marker(PREFIX + "force", "enabled");
    /** Keep the fields that other managers added. */
    public static final Marker SSA_MERGE = new Marker(PREFIX + "ssa", "Merge");
    /** Create the object, and never change it afterwards. */
    public static final Marker SSA_IF_NOT_PRESENT = new Marker(PREFIX + "ssa", "IfNotPresent");
    /** Neither create, change nor delete the object. */
    public static final Marker SSA_IGNORE = new Marker(PREFIX + "ssa", "Ignore");

    /** Tell whether the object carries this marker. */
    public boolean isOn(Manifest manifest) {
        return isOn(manifest.labels(), manifest.annotations());
    }

    /** Tell whether an object of these labels and annotations carries this marker. */
    public boolean isOn(Map<String, String> labels, Map<String, String> annotations) {
        return value.equalsIgnoreCase(labels.get(key)) || value.equalsIgnoreCase(annotations.get(key));
    }
}
