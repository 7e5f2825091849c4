package dev.tenantry.bench.workload;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import dev.tenantry.testkit.git.TestRepository;

/** A repository of many applications that share a base. */
public final class ApplicationRepository {

    private final TestRepository repository;
    private final List<Application> applications;
    private int changes;

    /** Make it with its first commit. */
    public ApplicationRepository(TestRepository repository, int applications) {
        this.repository = repository;
        this.applications = IntStream.rangeClosed(1, applications).mapToObj(Application::number).toList();
        stage(Application.base("0"));
        this.applications.forEach(application -> stage(application.files()));
        repository.file("README.md", "All our applications.\n").commit("all applications");
    }

    /** A commit, and the value that it gave to what it changed. */
    public record Change(String commit, String value) {}

    public List<Application> applications() {
        return applications;
    }

    public TestRepository repository() {
        return repository;
    }

    /** Return the commit that it is at. */
    public String head() {
        return Objects.requireNonNull(repository.head("main"));
    }

    /** Commit another value of the variable STAGE for some of the applications. */
    public Change change(List<Application> some) {
        String value = nextValue();
        some.forEach(application -> stage(application.stage(value)));
        return new Change(repository.commit("change " + some.size() + " applications"), value);
    }

    /** Commit another value of the variable RELEASE to the base. */
    public Change changeBase() {
        String value = nextValue();
        stage(Application.base(value));
        return new Change(repository.commit("change the base"), value);
    }

    /** Commit a change of a file that no application reads. */
    public Change changeReadme() {
        String value = nextValue();
        return new Change(repository.file("README.md", "Change " + value + "\n").commit("change the readme"), value);
    }

    private String nextValue() {
        changes++;
        return String.valueOf(changes);
    }

    private void stage(Map<String, String> files) {
        files.forEach(repository::file);
    }
}
