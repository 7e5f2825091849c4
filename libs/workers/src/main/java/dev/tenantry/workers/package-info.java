/** Long-lived worker processes for the engines that exist only in Go: started, asked, limited and replaced. */
@NullMarked
package dev.tenantry.workers;

import org.jspecify.annotations.NullMarked;
