package dev.tenantry.reconciler.http;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tenantry.access.Caller;

/** What a run of a target would change, as REST shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Diff", description = "What a run of the target would change now")
record DiffView(
        @Schema(description = "The revision of the source that was rendered") String revision,
        @Schema(description = "Whether no run happens until somebody resumes the target") boolean suspended,
        @Schema(description = "Why no run would bring this to the cluster yet; none where nothing is in the way")
        @Nullable Obstacle obstacle,
        @Schema(description = "How many objects are as they would be, or are left alone by their own markers") int unchanged,
        @Schema(description = "How many differences are not shown, since the caller may not get the objects; rights to "
                + "single objects, by their names, count while they are at most " + Caller.MOST_SINGLE) int hidden,
        @Schema(description = "One for each object that is not as it would be") List<DifferenceView> differences) {

    /** What is in the way of a run. */
    @Schema(name = "Obstacle")
    record Obstacle(OutcomeWord outcome, String reason, String message) {}
}
