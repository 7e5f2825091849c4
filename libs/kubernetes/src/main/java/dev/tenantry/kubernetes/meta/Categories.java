package dev.tenantry.kubernetes.meta;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Group a kind with others, as in {@code kubectl get fluxcd}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Categories {

    /** The names of the groups. */
    String[] value();
}
