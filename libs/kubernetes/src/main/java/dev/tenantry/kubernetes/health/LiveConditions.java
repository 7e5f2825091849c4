package dev.tenantry.kubernetes.health;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tenantry.kubernetes.Manifest;

/** Read the conditions of any object, however few of their fields it sets. */
final class LiveConditions {

    private final JsonNode conditions;

    private LiveConditions(JsonNode conditions) {
        this.conditions = conditions;
    }

    record LiveCondition(String status, String reason, String message) {

        boolean isTrue() {
            return status.equals("True");
        }

        boolean isFalse() {
            return status.equals("False");
        }

        /** Give the message, or the reason where there is none. */
        String text() {
            return message.isEmpty() ? reason : message;
        }
    }

    static LiveConditions of(Manifest object) {
        return new LiveConditions(object.at("status", "conditions"));
    }

    Optional<LiveCondition> find(String type) {
        for (JsonNode condition : conditions) {
            if (type.equals(condition.path("type").asText())) {
                return Optional.of(new LiveCondition(
                        condition.path("status").asText(),
                        condition.path("reason").asText(),
                        condition.path("message").asText()));
            }
        }
        return Optional.empty();
    }

    boolean isTrue(String type) {
        return find(type).filter(LiveCondition::isTrue).isPresent();
    }
}
