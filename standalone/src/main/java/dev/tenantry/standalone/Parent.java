package dev.tenantry.standalone;

import io.quarkus.runtime.Quarkus;

/** The process that started this one, where that asks to be outlived by nobody. */
final class Parent {

    private Parent() {}

    /** End when the process of {@code tenantry.parent} does, even by SIGKILL; without that setting, never. */
    static void watch(Settings settings) {
        settings.find("tenantry.parent")
                .map(Long::parseLong)
                .ifPresent(pid -> ProcessHandle.of(pid)
                        .ifPresentOrElse(
                                parent -> parent.onExit().thenRun(Quarkus::asyncExit),
                                () -> {
                                    System.err.println("The parent process " + pid + " has ended already");
                                    System.exit(1);
                                }));
    }
}
