package dev.tenantry.testkit.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Holds where the package of a class says of itself what it is, and that nothing in it is null unless marked. */
final class ResideInNullMarkedPackage extends ArchCondition<JavaClass> {

    private static final String MARK = "org.jspecify.annotations.NullMarked";

    ResideInNullMarkedPackage() {
        super("reside in a package that is @NullMarked");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(MARK);
        events.add(new SimpleConditionEvent(type, marked,
                type.getPackageName() + (marked ? " is " : " is not ") + "@NullMarked: " + type.getName()));
    }
}
