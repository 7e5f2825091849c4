package dev.tenantry.bench.meter;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Requests that an API server has answered, everybody's.
 *
 * @param by how many by "VERB resource"; a subresource is told as {@code resource/status}, a dry run in brackets
 * @param applied server-side applies of whole objects that succeeded, dry runs not counted
 */
public record ApiRequests(SortedMap<String, Long> by, long applied) {

    private static final String METRIC = "apiserver_request_total";
    private static final List<String> WRITING = List.of("POST", "PUT", "PATCH", "APPLY", "DELETE", "DELETECOLLECTION");

    public ApiRequests {
        by = Collections.unmodifiableSortedMap(new TreeMap<>(by));
    }

    /** Read them from the server's own metrics; requests that concern no resource, such as for health, are left out. */
    static ApiRequests read(String metrics) {
        SortedMap<String, Long> by = new TreeMap<>();
        long[] applied = {0};
        Sample.read(metrics, METRIC).filter(sample -> !sample.label("resource").isEmpty()).forEach(sample -> {
            by.merge(key(sample), (long) sample.value(), Long::sum);
            if (isApplied(sample)) {
                applied[0] += (long) sample.value();
            }
        });
        return new ApiRequests(by, applied[0]);
    }

    private static String key(Sample sample) {
        String subresource = sample.label("subresource");
        return sample.label("verb") + " " + sample.label("resource")
                + (subresource.isEmpty() ? "" : "/" + subresource)
                + (sample.label("dry_run").isEmpty() ? "" : " (dry run)");
    }

    private static boolean isApplied(Sample sample) {
        return sample.label("verb").equals("APPLY") && sample.label("subresource").isEmpty()
                && sample.label("dry_run").isEmpty() && sample.label("code").startsWith("2");
    }

    public long total() {
        return by.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Count what would change a resource, everybody's requests.
     *
     * @param resource as in {@link #by}, such as {@code secrets} or {@code sealedsecrets/status}
     */
    public long writes(String resource) {
        return WRITING.stream().mapToLong(verb -> by.getOrDefault(verb + " " + resource, 0L)).sum();
    }

    /** Return what came since an earlier reading. */
    ApiRequests since(ApiRequests before) {
        SortedMap<String, Long> difference = new TreeMap<>();
        for (Map.Entry<String, Long> entry : by.entrySet()) {
            long more = entry.getValue() - before.by.getOrDefault(entry.getKey(), 0L);
            if (more > 0) {
                difference.put(entry.getKey(), more);
            }
        }
        return new ApiRequests(difference, applied - before.applied);
    }
}
