" SPDX-License-Identifier: MIT
autocmd BufNewFile,BufRead *.scn setfiletype baton
