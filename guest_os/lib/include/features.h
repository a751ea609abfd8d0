#pragma once
// Nothing depends on feature macros here: everything is always declared.
