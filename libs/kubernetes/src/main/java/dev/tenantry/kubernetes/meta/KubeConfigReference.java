package dev.tenantry.kubernetes.meta;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

import io.fabric8.generator.annotation.ValidationRule;

/** Say how to reach another cluster: by a kubeconfig in a Secret, or by a cloud's own identity. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = "has(self.configMapRef) != has(self.secretRef)", message = "exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified")
public record KubeConfigReference(
        @JsonPropertyDescription("ConfigMap with the keys provider, cluster, address, ca.crt, audiences and "
                + "serviceAccountName, for an identity that the cloud or the other cluster "
                + "trusts.")
        @Nullable LocalObjectReference configMapRef,

        @JsonPropertyDescription("Secret with a self-contained kubeconfig, under the key 'value' or "
                + "'value.yaml' when none is named.")
        @Nullable SecretKeyReference secretRef) {}
