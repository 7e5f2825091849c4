package dev.tenantry.kubernetes.source;

import dev.tenantry.kubernetes.meta.Categories;
import dev.tenantry.kubernetes.meta.SchemaPatch;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.crd.generator.annotation.Annotations;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** Follow a git repository. */
@Group(GitRepository.GROUP)
@Version(GitRepository.VERSION)
@Kind(GitRepository.KIND)
@Plural("gitrepositories")
@Singular("gitrepository")
@ShortNames("gitrepo")
@Categories({"all", "fluxcd", "fluxcd-sources"})
@Annotations("kustomize.toolkit.fluxcd.io/substitute=disabled")
@AdditionalPrinterColumn(name = "URL", jsonPath = ".spec.url")
@AdditionalPrinterColumn(name = "Age", type = Type.DATE, jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Status", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        {"description": "A git repository whose content others apply.",
         "properties": {"status": {"default": {"observedGeneration": -1}}}}""")
public class GitRepository extends CustomResource<GitRepositorySpec, GitRepositoryStatus> implements Namespaced {

    public static final String GROUP = "source.toolkit.fluxcd.io";
    public static final String VERSION = "v1";
    public static final String KIND = "GitRepository";

    private static final long serialVersionUID = 1L;

    @Override
    protected GitRepositorySpec initSpec() {
        return null;
    }

    @Override
    protected GitRepositoryStatus initStatus() {
        return GitRepositoryStatus.empty();
    }
}
