package dev.tenantry.kubernetes.api;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Hold one page of a list.
 *
 * @param items the objects, each with its apiVersion and kind
 * @param resourceVersion the version of the whole list, the same on all of its pages, from which a watch can follow
 * @param continueToken what to ask for the next page; empty on the last one
 */
public record ObjectPage(List<ObjectNode> items, String resourceVersion, String continueToken) {

    public boolean isLast() {
        return continueToken.isEmpty();
    }
}
