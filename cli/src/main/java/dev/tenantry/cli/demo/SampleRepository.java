package dev.tenantry.cli.demo;

import java.net.URI;

import dev.tenantry.testkit.git.TestRepository;

/** A small team's repository: a shop with a base, overlays for development and production, and what both need first. */
final class SampleRepository {

    private static final String DEVELOPMENT = "apps/shop/development/";
    private static final String PRODUCTION = "apps/shop/production/";

    private final TestRepository repository;
    private final Credentials credentials;

    SampleRepository(TestRepository repository, Credentials credentials) {
        this.repository = repository;
        this.credentials = credentials;
    }

    /**
     * A commit of other values.
     *
     * @param id of the commit
     * @param number what the settings and the credentials say now
     * @param sealed the value of the SealedSecret, which says it too
     */
    record Change(String id, String number, String sealed) {}

    URI url() {
        return repository.url();
    }

    /** Commit everything for the first time. */
    void begin() {
        repository.file("infrastructure/namespaces.yaml", """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: shop-development
                ---
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: shop-production
                """)
                .file("apps/shop/base/kustomization.yaml", """
                        resources:
                          - shop.yaml
                        """)
                .file("apps/shop/base/shop.yaml", """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata:
                          name: shop
                        spec:
                          replicas: 1
                          selector:
                            matchLabels:
                              app: shop
                          template:
                            metadata:
                              labels:
                                app: shop
                            spec:
                              containers:
                                - name: shop
                                  image: registry.example.org/shop:1.0.0
                                  envFrom:
                                    - secretRef:
                                        name: credentials
                                  ports:
                                    - containerPort: 8080
                        ---
                        apiVersion: v1
                        kind: Service
                        metadata:
                          name: shop
                        spec:
                          selector:
                            app: shop
                          ports:
                            - port: 80
                              targetPort: 8080
                        """)
                .file(DEVELOPMENT + "settings.yaml", settings(0))
                .file(DEVELOPMENT + "credentials.yaml", credentials.seal("shop-development", 0).yaml())
                .file(DEVELOPMENT + "kustomization.yaml", development(""))
                .file(PRODUCTION + "settings.yaml", settings(0))
                .file(PRODUCTION + "credentials.yaml", credentials.seal("shop-production", 0).yaml())
                .file(PRODUCTION + "kustomization.yaml", """
                        namespace: shop-production
                        resources:
                          - ../base
                          - settings.yaml
                          - credentials.yaml
                        replicas:
                          - name: shop
                            count: 2
                        """)
                .commit("a shop for development and production");
    }

    /** Commit another value to the settings of development, and seal it anew in its credentials. */
    Change change(int number) {
        Credentials.Sealed sealed = credentials.seal("shop-development", number);
        String commit = repository.file(DEVELOPMENT + "settings.yaml", settings(number))
                .file(DEVELOPMENT + "credentials.yaml", sealed.yaml())
                .commit("settings " + number);
        return new Change(commit, String.valueOf(number), sealed.value());
    }

    /** Commit a job's configuration to development. */
    String add() {
        return repository.file(DEVELOPMENT + "banner.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: banner
                data:
                  text: Welcome to ${environment}
                """).file(DEVELOPMENT + "kustomization.yaml", development("  - banner.yaml\n")).commit("a banner");
    }

    /** Take back what {@link #add} did. */
    String delete() {
        return repository.delete(DEVELOPMENT + "banner.yaml")
                .file(DEVELOPMENT + "kustomization.yaml", development(""))
                .commit("no banner");
    }

    /** Put the branch back to an earlier commit, as a force-push does. */
    void rollback(String commit) {
        repository.reset(commit);
    }

    private static String development(String more) {
        return """
                namespace: shop-development
                resources:
                  - ../base
                  - settings.yaml
                  - credentials.yaml
                """ + more;
    }

    private static String settings(int number) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: settings
                data:
                  environment: ${environment}
                  number: "%d"
                """.formatted(number);
    }
}
