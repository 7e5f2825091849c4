package dev.tenantry.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiCallTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            GET,    /api/v1/pods,                                        list pods
            GET,    /api/v1/pods?watch=true&resourceVersion=1,           watch pods
            GET,    /api/v1/namespaces/team/pods?labelSelector=a%3Db,    list pods team
            GET,    /api/v1/namespaces/team/pods/web,                    get pods team/web
            POST,   /api/v1/namespaces/team/pods,                        create pods team
            PATCH,  /apis/apps/v1/namespaces/team/deployments/web/status,patch deployments.apps/status team/web
            DELETE, /apis/apps/v1/namespaces/team/deployments/web,       delete deployments.apps team/web
            DELETE, /apis/apps/v1/namespaces/team/deployments,           deletecollection deployments.apps team
            GET,    /api/v1/namespaces,                                  list namespaces
            GET,    /api/v1/namespaces/team,                             get namespaces team
            PUT,    /api/v1/namespaces/team/finalize,                    update namespaces/finalize team
            GET,    /apis,                                               get /apis
            GET,    /apis/apps/v1,                                       get /apis/apps/v1
            GET,    /version,                                            get /version
            """)
    void aRequestIsReadInTheWordsOfKubernetes(String method, String uri, String read) {
        assertThat(ApiCall.of(method, uri, "", "", "")).hasToString(read);
    }
}
