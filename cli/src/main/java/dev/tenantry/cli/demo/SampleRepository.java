package dev.tenantry.cli.demo;

import java.net.URI;

import dev.tenantry.testkit.git.TestRepository;

/** A small team's repository: a shop with a base, overlays for development and production, and what both need first. */
final class SampleRepository {

    private final TestRepository repository;

    SampleRepository(TestRepository repository) {
        this.repository = repository;
    }

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
                .file("apps/shop/development/settings.yaml", settings(0))
                .file("apps/shop/development/kustomization.yaml", """
                        namespace: shop-development
                        resources:
                          - ../base
                          - settings.yaml
                        """)
                .file("apps/shop/production/settings.yaml", settings(0))
                .file("apps/shop/production/kustomization.yaml", """
                        namespace: shop-production
                        resources:
                          - ../base
                          - settings.yaml
                        replicas:
                          - name: shop
                            count: 2
                        """)
                .commit("a shop for development and production");
    }

    /** Commit another value to the settings of development; returns the commit. */
    String change(int number) {
        return repository.file("apps/shop/development/settings.yaml", settings(number)).commit("settings " + number);
    }

    /** Commit a job's configuration to development. */
    String add() {
        return repository.file("apps/shop/development/banner.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: banner
                data:
                  text: Welcome to ${environment}
                """).file("apps/shop/development/kustomization.yaml", """
                namespace: shop-development
                resources:
                  - ../base
                  - settings.yaml
                  - banner.yaml
                """).commit("a banner");
    }

    /** Take back what {@link #add} did. */
    String delete() {
        return repository.delete("apps/shop/development/banner.yaml")
                .file("apps/shop/development/kustomization.yaml", """
                        namespace: shop-development
                        resources:
                          - ../base
                          - settings.yaml
                        """)
                .commit("no banner");
    }

    /** Put the branch back to an earlier commit, as a force-push does. */
    void rollback(String commit) {
        repository.reset(commit);
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
