package dev.tenantry.testkit.architecture;

import java.util.function.BiPredicate;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Holds where a class has no dependency of some sort. */
final class KnowNothingOf extends ArchCondition<JavaClass> {

    private final BiPredicate<JavaClass, JavaClass> forbidden;

    /** @param forbidden tells whether the first class must not know the second one */
    KnowNothingOf(String what, BiPredicate<JavaClass, JavaClass> forbidden) {
        super("know nothing of " + what);
        this.forbidden = forbidden;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        type.getDirectDependenciesFromSelf()
                .stream()
                .filter(dependency -> forbidden.test(type, dependency.getTargetClass().getBaseComponentType()))
                .forEach(dependency -> events
                        .add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
    }
}
