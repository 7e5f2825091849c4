package dev.tenantry.access.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Let a REST method through unchecked, because it checks who asks in a way of its own, such as by a secret path. */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface OwnAccess {

    /** How the method checks who asks. */
    String value();
}
