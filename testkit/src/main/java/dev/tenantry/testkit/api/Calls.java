package dev.tenantry.testkit.api;

import java.util.function.Predicate;

/**
 * Choose requests, narrowed step by step: {@code Calls.to("patch", "configmaps").in(namespace)}.
 *
 * @param matches whether a request is one of them
 */
public record Calls(Predicate<ApiCall> matches) {

    /** Choose all requests. */
    public static Calls any() {
        return new Calls(call -> true);
    }

    /** Choose by verb and plural, subresources included. */
    public static Calls to(String verb, String resource) {
        return new Calls(call -> call.verb().equals(verb) && call.resource().equals(resource));
    }

    /** Choose server-side applies of a kind by its plural. */
    public static Calls applying(String resource) {
        return new Calls(call -> call.isApply() && call.resource().equals(resource));
    }

    /** Choose the watches of a kind by its plural. */
    public static Calls watching(String resource) {
        return to("watch", resource);
    }

    /** Narrow to one namespace. */
    public Calls in(String namespace) {
        return and(call -> call.namespace().equals(namespace));
    }

    /** Narrow to one object. */
    public Calls named(String name) {
        return and(call -> call.name().equals(name));
    }

    /** Narrow to a subresource, such as {@code status}; empty for the object itself. */
    public Calls on(String subresource) {
        return and(call -> call.subresource().equals(subresource));
    }

    /** Narrow to those asked on behalf of a user. */
    public Calls as(String user) {
        return and(call -> call.impersonated().equals(user));
    }

    /** Narrow by a condition. */
    public Calls and(Predicate<ApiCall> condition) {
        return new Calls(matches.and(condition));
    }
}
