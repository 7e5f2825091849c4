package dev.tenantry.access.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Let a REST method be called only by those who have a right in the cluster, on the object that the path names.
 *
 * <p>On a class it holds for the methods without an annotation of their own.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresAccess {

    /** The verb, such as {@code get}. */
    String verb();

    /** The API group, empty for the core group. */
    String group() default "";

    /** The plural of the kind, with its subresource after a slash. */
    String resource();

    /** The path parameter that holds the namespace; when the path has none, the right is needed in the whole cluster. */
    String namespaceParam() default "namespace";

    /** The path parameter that holds the name; when the path has none, the right is needed on all objects. */
    String nameParam() default "name";
}
