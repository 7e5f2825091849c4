package dev.tenantry.bench.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class ApiRequestsTest {

    private static final String BEFORE = """
            apiserver_request_total{code="201",dry_run="",resource="services",subresource="",verb="APPLY"} 3
            apiserver_request_total{code="200",dry_run="",resource="pods",subresource="",verb="GET"} 7
            """;
    private static final String AFTER = """
            apiserver_request_total{code="201",dry_run="",resource="services",subresource="",verb="APPLY"} 5
            apiserver_request_total{code="200",dry_run="",resource="services",subresource="",verb="APPLY"} 4
            apiserver_request_total{code="409",dry_run="",resource="services",subresource="",verb="APPLY"} 2
            apiserver_request_total{code="200",dry_run="All",resource="services",subresource="",verb="APPLY"} 10
            apiserver_request_total{code="200",dry_run="",resource="kustomizations",subresource="status",verb="APPLY"} 6
            apiserver_request_total{code="200",dry_run="",resource="pods",subresource="",verb="GET"} 7
            apiserver_request_total{code="200",dry_run="",resource="",subresource="/healthz",verb="GET"} 40
            apiserver_request_duration_seconds_count{resource="pods",verb="GET"} 7
            """;

    private final ApiRequests difference = ApiRequests.read(AFTER).since(ApiRequests.read(BEFORE));

    @Test
    void whatCameBetweenTwoReadingsIsToldByVerbAndResource() {
        assertThat(difference.by())
                .containsOnly(entry("APPLY services", 8L), entry("APPLY services (dry run)", 10L),
                        entry("APPLY kustomizations/status", 6L));
        assertThat(difference.total()).isEqualTo(24);
    }

    @Test
    void onlyAppliesOfWholeObjectsThatSucceededCountAsApplied() {
        assertThat(difference.applied()).isEqualTo(6);
    }

    @Test
    void writesOfAResourceAreThoseByAnyVerbThatChangesIt() {
        // Given
        ApiRequests requests = ApiRequests.read("""
                apiserver_request_total{code="201",dry_run="",resource="secrets",subresource="",verb="POST"} 5
                apiserver_request_total{code="200",dry_run="",resource="secrets",subresource="",verb="PUT"} 2
                apiserver_request_total{code="200",dry_run="",resource="secrets",subresource="",verb="GET"} 9
                apiserver_request_total{code="200",dry_run="All",resource="secrets",subresource="",verb="PUT"} 4
                apiserver_request_total{code="200",dry_run="",resource="secrets",subresource="status",verb="PATCH"} 3
                """);

        // Then
        assertThat(requests.writes("secrets")).isEqualTo(7);
        assertThat(requests.writes("secrets/status")).isEqualTo(3);
    }
}
