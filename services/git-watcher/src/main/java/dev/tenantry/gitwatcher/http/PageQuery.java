package dev.tenantry.gitwatcher.http;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which page of a list is asked for. */
public class PageQuery {

    @QueryParam("page")
    @DefaultValue("0")
    @Parameter(description = "The number of the page, from 0")
    int page;

    @QueryParam("size")
    @DefaultValue("50")
    @Parameter(description = "How many items a page has, at most 500")
    int size;

    /** Give the same, if it can be answered. */
    PageQuery checked() {
        if (page < 0 || size < 1 || size > Page.MOST) {
            throw new BadRequestException("page is 0 or more, size is 1 to " + Page.MOST);
        }
        return this;
    }
}
