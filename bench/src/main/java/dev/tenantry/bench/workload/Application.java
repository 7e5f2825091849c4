package dev.tenantry.bench.workload;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * One of many applications: a Deployment scaled to zero, a Service, a ServiceAccount and an Ingress.
 *
 * @param name of the application, by which its objects begin
 */
public record Application(String name) {

    /** How many objects an application has. */
    public static final int OBJECTS = 4;

    /** What the base calls its objects; kustomize puts the application's name before it. */
    private static final String BASE = "web";

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: NAME
            spec:
              replicas: 0
              selector:
                matchLabels:
                  app: APP
              template:
                metadata:
                  labels:
                    app: APP
                spec:
                  serviceAccountName: NAME
                  containers:
                    - name: web
                      image: registry.example.org/web:1.0.0
                      env:
                        - name: RELEASE
                          value: "0"
                      ports:
                        - name: http
                          containerPort: 8080
                      resources:
                        requests:
                          cpu: 10m
                          memory: 32Mi
                        limits:
                          memory: 64Mi
            """;
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata:
              name: NAME
            spec:
              selector:
                app: APP
              ports:
                - name: http
                  port: 80
                  targetPort: http
            """;
    private static final String ACCOUNT = """
            apiVersion: v1
            kind: ServiceAccount
            metadata:
              name: NAME
            automountServiceAccountToken: false
            """;
    private static final String INGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: NAME
            spec:
              rules:
                - host: web.example.org
                  http:
                    paths:
                      - path: /
                        pathType: Prefix
                        backend:
                          service:
                            name: NAME
                            port:
                              name: http
            """;

    /** Return the application of a number. */
    public static Application number(int number) {
        return new Application("app-%05d".formatted(number));
    }

    /** Return the name of its objects, the same for all kinds. */
    public String object() {
        return name + "-" + BASE;
    }

    /** Return the files of the base that all applications share; a release is a value that the Deployment has. */
    static Map<String, String> base(String release) {
        Map<String, String> files = new TreeMap<>();
        files.put("base/deployment.yaml", template(DEPLOYMENT, BASE, BASE).replace("\"0\"", "\"" + release + "\""));
        files.put("base/service.yaml", template(SERVICE, BASE, BASE));
        files.put("base/account.yaml", template(ACCOUNT, BASE, BASE));
        files.put("base/ingress.yaml", template(INGRESS, BASE, BASE));
        files.put("base/kustomization.yaml", """
                resources:
                  - deployment.yaml
                  - service.yaml
                  - account.yaml
                  - ingress.yaml
                """);
        return files;
    }

    /** Return its own files. */
    Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        files.put(folder() + "/kustomization.yaml", """
                namePrefix: %1$s-
                labels:
                  - pairs:
                      app: %1$s
                    includeSelectors: true
                resources:
                  - ../../base
                patches:
                  - path: stage.yaml
                """.formatted(name));
        files.putAll(stage("0"));
        return files;
    }

    /** Return the file that says what is different about its Deployment. */
    Map<String, String> stage(String stage) {
        return Map.of(folder() + "/stage.yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %s
                spec:
                  template:
                    spec:
                      containers:
                        - name: web
                          env:
                            - name: STAGE
                              value: "%s"
                """.formatted(BASE, stage));
    }

    /** Return the folder of its kustomization. */
    public String folder() {
        return "apps/" + name;
    }

    /** Return the objects as its first commit renders them, without what their owner adds. */
    public List<GenericKubernetesResource> rendered() {
        String deployment = DEPLOYMENT.replace("env:\n", """
                env:
                            - name: STAGE
                              value: "0"
                """);
        return List.of(deployment, SERVICE, ACCOUNT, INGRESS)
                .stream()
                .map(template -> template(template, object(), name))
                .map(yaml -> Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .map(this::labelled)
                .toList();
    }

    private GenericKubernetesResource labelled(GenericKubernetesResource object) {
        object.getMetadata().setLabels(Map.of("app", name));
        return object;
    }

    private static String template(String template, String name, String app) {
        return template.replace("NAME", name).replace("APP", app);
    }
}
