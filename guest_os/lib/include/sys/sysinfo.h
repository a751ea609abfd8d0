#pragma once

int get_nprocs(void);       // CPUs
int get_nprocs_conf(void);  // the same: none can be switched off
