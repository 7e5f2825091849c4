package dev.tenantry.e2e;

/** What teams have in git. */
final class Samples {

    private Samples() {}

    /** Write a ConfigMap of one entry. */
    static String configMap(String name, String key, String value) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %s
                data:
                  %s: "%s"
                """.formatted(name, key, value);
    }

    /** Write a Deployment of one container. */
    static String deployment(String name, String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %1$s
                spec:
                  selector:
                    matchLabels:
                      app: %1$s
                  template:
                    metadata:
                      labels:
                        app: %1$s
                    spec:
                      containers:
                        - name: main
                          image: %2$s
                """.formatted(name, image);
    }
}
