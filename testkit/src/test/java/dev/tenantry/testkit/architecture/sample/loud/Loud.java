package dev.tenantry.testkit.architecture.sample.loud;

/** Prints past the log. */
public final class Loud {

    public void speak() {
        System.out.println("hello");
    }
}
