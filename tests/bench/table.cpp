#include "tests/bench/table.h"

#include <sys/resource.h>

#include <algorithm>
#include <cmath>

namespace peach::bench {

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

double geometric_mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += std::log(value);
    return std::exp(sum / static_cast<double>(values.size()));
}

double own_user_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec) / 1e6;
}

}  // namespace peach::bench
