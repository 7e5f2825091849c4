package dev.tenantry.events;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.tenantry.events.BuildRecorded.Answer;
import dev.tenantry.events.BuildRecorded.Applied;
import dev.tenantry.events.BuildRecorded.Found;
import dev.tenantry.events.TargetReconciled.Counts;
import dev.tenantry.events.TargetReconciled.Outcome;

/** One event of each type, with every property set; its golden JSON is {@code <event>-v1.json}. */
final class Examples {

    static final Instant NOON = Instant.parse("2026-01-02T12:00:00.250Z");
    static final String COMMIT = "2f1d4c6a8b0e3579acbd13579bdf02468ace1357";
    static final String REVISION = "main@sha1:" + COMMIT;
    static final Subject SOURCE = new Subject("source.toolkit.fluxcd.io", "GitRepository", "team-a", "apps",
            "3a6f9a52-6a0e-4a8e-9f4e-0d6a7f3f9b11");
    static final Subject TARGET = new Subject("kustomize.toolkit.fluxcd.io", "Kustomization", "team-a", "shop",
            "b7f0c8de-2f43-4c8b-8a45-54d2f4f6b0aa");
    static final Subject DEPLOYMENT = new Subject("apps", "Deployment", "team-a", "shop",
            "5d0a1f0e-8f0b-4d61-b8c5-6f2f5d3f7c22");
    static final Subject SEALED_SECRET = new Subject("bitnami.com", "SealedSecret", "team-a", "database",
            "c1a5298f-939e-4d5e-8b0a-2f8f3b1d6e33");
    static final Subject KEY = new Subject("", "Secret", "tenantry-system", "sealed-secrets-key5x7k2",
            "0e4b7a11-52c9-4f0d-9a6e-7d3c2b1a0f44");
    static final String FINGERPRINT = "SHA256:ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs";

    static final RevisionObserved REVISION_OBSERVED = new RevisionObserved(SOURCE, REVISION,
            "9e107d9d372bb6826bd81d3542a419d6a1b2c3d4", "main@sha1:0a4d55a8d778e5022fab701977c5d840bbc486d0",
            URI.create("http://git-watcher-0.git-watcher:8080"), NOON, Cause.WEBHOOK);
    static final SourceFailed SOURCE_FAILED = new SourceFailed(SOURCE, "AuthenticationFailed",
            "https://git.example.org/team-a/apps: authentication is required", Duration.ofSeconds(30), NOON);
    static final ReconcileRequested RECONCILE_REQUESTED = new ReconcileRequested(TARGET, Cause.REQUEST, NOON,
            "72d3162e-cc78-11e3-81ab-4c9367dc0958");
    static final TargetReconciled TARGET_RECONCILED = new TargetReconciled(TARGET, Outcome.READY,
            "ReconciliationSucceeded", REVISION, new Counts(3, 1, 12, 2), stages(), NOON);
    static final DriftCorrected DRIFT_CORRECTED = new DriftCorrected(TARGET, DEPLOYMENT, "kubectl-edit",
            List.of(".spec.replicas"), NOON);
    static final BuildRecorded BUILD_RECORDED = new BuildRecorded(TARGET, SOURCE, REVISION,
            List.of(new Answer("apps/shop", Found.FOLDER, "6b86b273ff34fce19d6b804eff5a3f5747ada4ea", null),
                    new Answer("apps/shop/kustomization.yaml", Found.FILE, "d4735e3a265e16eee03f59718b9b5d03019c07d8",
                            "100644"),
                    new Answer("apps/shop/kustomization.yml", Found.ABSENT, null, null)),
            "5f70bf18a086007016e948b04aed3b82103a36be", "1b6453892473a467d07372d45eb05abc2031647a",
            List.of(new Applied(DEPLOYMENT, "4e07408562bedb8b60ce05c1decfe3ad16b72230",
                    "4b227777d4dd1fc61c6f884f48641d02b4d121d3")),
            NOON);
    static final SecretUnsealed SECRET_UNSEALED = new SecretUnsealed(SEALED_SECRET, List.of(FINGERPRINT), NOON);
    static final UnsealFailed UNSEAL_FAILED = new UnsealFailed(SEALED_SECRET, "NoKey", List.of("password"), NOON);
    static final SealingKeyUnexported SEALING_KEY_UNEXPORTED = new SealingKeyUnexported(KEY, FINGERPRINT, NOON);

    private Examples() {}

    static Stream<Event> all() {
        return Stream.of(REVISION_OBSERVED, SOURCE_FAILED, RECONCILE_REQUESTED, TARGET_RECONCILED, DRIFT_CORRECTED,
                BUILD_RECORDED, SECRET_UNSEALED, UNSEAL_FAILED, SEALING_KEY_UNEXPORTED);
    }

    /** Name the golden file: {@code dev.tenantry.revision-observed.v1} has {@code revision-observed-v1.json}. */
    static String goldenName(Event event) {
        String[] parts = event.type().split("\\.");
        return parts[2] + "-" + parts[3] + ".json";
    }

    private static Map<String, Duration> stages() {
        Map<String, Duration> stages = new LinkedHashMap<>();
        stages.put("source", Duration.ofMillis(12));
        stages.put("build", Duration.ofMillis(85));
        stages.put("apply", Duration.ofMillis(140));
        return stages;
    }
}
