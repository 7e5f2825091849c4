package dev.tenantry.access.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Let a REST method be called by anyone whom the cluster knows: the method itself shows no more than the injected
 * {@link dev.tenantry.access.Caller} may see.
 *
 * <p>On a class it holds for the methods without an annotation of their own.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Authenticated {
}
