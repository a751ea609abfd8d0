# Each definition is fine; the chain of them is too long.
_start:
    ret
    .data
    .word n0
    .set n0, n1; .set n1, n2; .set n2, n3; .set n3, n4
    .set n4, n5; .set n5, n6; .set n6, n7; .set n7, n8
    .set n8, n9; .set n9, n10; .set n10, n11; .set n11, n12
    .set n12, n13; .set n13, n14; .set n14, n15; .set n15, n16
    .set n16, n17; .set n17, n18; .set n18, n19; .set n19, n20
    .set n20, n21; .set n21, n22; .set n22, n23; .set n23, n24
    .set n24, n25; .set n25, n26; .set n26, n27; .set n27, n28
    .set n28, n29; .set n29, n30; .set n30, n31; .set n31, n32
    .set n32, n33; .set n33, n34; .set n34, n35; .set n35, n36
    .set n36, n37; .set n37, n38; .set n38, n39; .set n39, n40
    .set n40, n41; .set n41, n42; .set n42, n43; .set n43, n44
    .set n44, n45; .set n45, n46; .set n46, n47; .set n47, n48
    .set n48, n49; .set n49, n50; .set n50, n51; .set n51, n52
    .set n52, n53; .set n53, n54; .set n54, n55; .set n55, n56
    .set n56, n57; .set n57, n58; .set n58, n59; .set n59, n60
    .set n60, n61; .set n61, n62; .set n62, n63; .set n63, n64
    .set n64, n65; .set n65, n66; .set n66, n67; .set n67, n68
    .set n68, n69; .set n69, n70; .set n70, n71; .set n71, n72
    .set n72, n73; .set n73, n74; .set n74, n75; .set n75, n76
    .set n76, n77; .set n77, n78; .set n78, n79; .set n79, n80
    .set n80, n81; .set n81, n82; .set n82, n83; .set n83, n84
    .set n84, n85; .set n85, n86; .set n86, n87; .set n87, n88
    .set n88, n89; .set n89, n90; .set n90, n91; .set n91, n92
    .set n92, n93; .set n93, n94; .set n94, n95; .set n95, n96
    .set n96, n97; .set n97, n98; .set n98, n99; .set n99, n100
    .set n100, n101; .set n101, n102; .set n102, n103; .set n103, n104
    .set n104, n105; .set n105, n106; .set n106, n107; .set n107, n108
    .set n108, n109; .set n109, n110; .set n110, n111; .set n111, n112
    .set n112, n113; .set n113, n114; .set n114, n115; .set n115, n116
    .set n116, n117; .set n117, n118; .set n118, n119; .set n119, n120
    .set n120, n121; .set n121, n122; .set n122, n123; .set n123, n124
    .set n124, n125; .set n125, n126; .set n126, n127; .set n127, n128
    .set n128, n129; .set n129, n130; .set n130, n131; .set n131, n132
    .set n132, n133; .set n133, n134; .set n134, n135; .set n135, n136
    .set n136, n137; .set n137, n138; .set n138, n139; .set n139, n140
    .set n140, n141; .set n141, n142; .set n142, n143; .set n143, n144
    .set n144, n145; .set n145, n146; .set n146, n147; .set n147, n148
    .set n148, n149; .set n149, n150; .set n150, n151; .set n151, n152
    .set n152, later + 1
later:
