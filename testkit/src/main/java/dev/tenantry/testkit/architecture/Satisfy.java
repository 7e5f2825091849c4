package dev.tenantry.testkit.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Holds where a predicate does. */
final class Satisfy extends ArchCondition<JavaClass> {

    private final DescribedPredicate<JavaClass> predicate;

    Satisfy(DescribedPredicate<JavaClass> predicate) {
        super(predicate.getDescription());
        this.predicate = predicate;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        boolean satisfied = predicate.test(type);
        events.add(new SimpleConditionEvent(type, satisfied,
                type.getName() + (satisfied ? " does " : " does not ") + predicate.getDescription()));
    }
}
